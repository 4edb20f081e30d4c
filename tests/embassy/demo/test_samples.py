import io

import pytest
from django.urls import reverse
from PIL import Image

from consular.documents.reading import read_passport
from embassy.demo import samples


@pytest.mark.parametrize("person", samples.PEOPLE, ids=lambda person: person.code)
def test_a_sample_passport_is_read_as_the_page_says(person):
    picture = Image.open(io.BytesIO(samples.draw(person.code, "passport.jpg")))
    read = read_passport(picture, today=person.issued_on).mrz
    assert read is not None
    assert (read.surname, read.number, read.birth_on) == (person.surname, person.number, person.birth_on)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_lists_every_file_of_every_person(client, language):
    page = client.get(f"/{language}/dev/samples/").content.decode()
    for person in samples.PEOPLE:
        for name in samples.FILES:
            assert f"/{language}/dev/samples/{person.code}/{name}" in page


@pytest.mark.django_db
def test_a_sample_is_a_download_and_others_do_not_exist(client):
    response = client.get(reverse("demo:sample_file", args=["omid", "bank-statement.pdf"]))
    assert response.content.startswith(b"%PDF")
    assert client.get(reverse("demo:sample_file", args=["omid", "other.pdf"])).status_code == 404
    assert client.get(reverse("demo:sample_file", args=["nobody", "photo.jpg"])).status_code == 404
