"""`manage.py show_sign_ins`: the demo's address and who can sign in there."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinics.demo import DEMO_PASSWORD, demo_people


class Command(BaseCommand):
    help = "Prints the demo's sign-ins; refuses outside the demo."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Sign-ins are shown in the demo only.")
        self.stdout.write(f"\nVeivalg, the demo: http://127.0.0.1:{options['port']}\nSign in as:")
        for member in demo_people():
            role = member.get_role_display()
            self.stdout.write(f"  {member.user.username:<12} {DEMO_PASSWORD}   {role}, {member.clinic.name_en}")
        self.stdout.write("Everything in it is invented. Stop it with Ctrl-C.\n\n")
