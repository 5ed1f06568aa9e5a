"""A mailbox of somebody who does not run the servers, such as the prosecution or an archive."""

from dataclasses import dataclass

from django.core.mail import EmailMessage

from arasha.kernel.journal.rules import SealFile


@dataclass(frozen=True, slots=True)
class MailExporter:
    """Sends each seal as a file: numbers and hashes, nothing about anybody."""

    name: str
    address: str

    def send(self, file: SealFile, public_key: bytes) -> None:
        """Send one seal."""
        number = file.text.number
        body = f"seal {number}\nroot {file.text.root}\nkey {public_key.hex()}\n"
        message = EmailMessage(subject=f"Arasha seal {number}", body=body, to=[self.address])
        message.attach(f"seal-{number:012}.txt", file.lines(), "text/plain")
        message.send()
