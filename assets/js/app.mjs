// Enhancements; every page works without them. No inline scripts: the classes that
// govuk-frontend expects are set here.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend'

import { autosave } from './autosave.mjs'
import { pollStatus } from './poll.mjs'
import { warnBeforeTheEnd } from './session.mjs'
import { shrinkPhotos } from './shrink.mjs'
import { submitOnce } from './submit-once.mjs'
import { sendInSlices } from './upload.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Of two that ask for the focus, the error summary comes last and has it.
for (const Component of [Button, CharacterCount, NotificationBanner, Radios, ServiceNavigation, SkipLink, ErrorSummary]) {
  createAll(Component)
}
shrinkPhotos(document)
sendInSlices(document)
warnBeforeTheEnd(document)
submitOnce(document)
autosave(document)
pollStatus(document)
