import { ErrorSummary } from 'govuk-frontend'
