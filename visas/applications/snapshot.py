"""What is submitted of the answers, as rows that everybody after us reads."""

from consular.questionnaires.filling import Filling
from visas.applications.models import Traveller, Trip, VisaApplication
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
    """Return the journey. Who is not asked gets one entry, which is a stay from arrival to departure."""
    answers = filling.submitted()
    return Trip(
        application=application,
        purpose=answers["trip.purpose"],
        arrives_on=answers["trip.arrives_on"],
        leaves_on=answers["trip.leaves_on"],
        entries=answers.get("trip.entries", Entries.ONE),
        days=answers.get("trip.days", filling.context["first_stay"]),
    )
