"""Make the peer's tables, one row and one signed-in user; print the session's key. Run as `python -m …`."""

import django


def main() -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.peer.models import Note

    call_command("migrate", run_syncdb=True, verbosity=0)
    Note.objects.create(text="A note")
    client = Client()
    client.force_login(get_user_model().objects.create_user("reader"))
    print(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main()
