"""What is submitted of the answers, as rows that everybody after us reads."""

from consular.questionnaires.filling import Filling
from visas.applications.models import Traveller, Trip, VisaApplication
from visas.policy.book import current
from visas.policy.status import Entries


def traveller(application: VisaApplication, filling: Filling) -> Traveller:
    answers = filling.submitted()
    return Traveller(
        application=application,
        surname=answers["name.surname"],
        given_names=answers.get("name.given", ""),
        name_native=answers.get("name.native", ""),
        birth_on=answers["birth.on"],
        sex=answers["person.sex"],
        nationality=answers["nationality.current"],
        passport_number=answers["passport.number"],
        passport_issuer=answers["passport.issuer"],
        passport_issued_on=answers["passport.issued_on"],
        passport_expires_on=answers["passport.expires_on"],
    )


def trip(application: VisaApplication, filling: Filling) -> Trip:
    """Return the journey. Who is not asked for a purpose has that of the category; for entries, see below."""
    answers, category = filling.submitted(), application.category
    return Trip(
        application=application,
        purpose=answers.get("trip.purpose") or _only_purpose(category),
        arrives_on=answers["trip.arrives_on"],
        leaves_on=answers["trip.leaves_on"],
        entries=answers.get("trip.entries") or _usual_entries(category),
        days=answers.get("trip.days", filling.context["first_stay"]),
    )


def _only_purpose(category: str) -> str:
    """Return the purpose that a category serves which leaves no choice."""
    return next(each.code for each in current().purposes if each.category.code == category)


def _usual_entries(category: str) -> Entries:
    """Return the entries of a category that leaves no choice: what all its stays have, several where none is fixed."""
    options = {each.entries for each in current().stay_options if each.category.code == category}
    return Entries(options.pop()) if len(options) == 1 else Entries.MULTIPLE
