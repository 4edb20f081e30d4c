"""What a mail server means when it refuses a letter."""

import re
import smtplib

# RFC 3463 §3.2 and §3.3: the mailbox or its domain does not exist, has moved, or is disabled
GONE = re.compile(rb"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")
ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")
GONE_CODES = {550, 551, 553}  # RFC 5321 §4.2.3, where the server says no more than that


def has_no_mailbox(error: Exception) -> bool:
    """Tell whether the address is of no use to anybody, so that it can be erased.

    A server that refuses us for what it thinks of us (5.7.1: policy, a block list) says nothing about the
    address: believing it would erase all subscribers at once.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return bool(error.recipients) and all(is_gone(code, text) for code, text in error.recipients.values())


def is_gone(code: int, text: bytes | str) -> bool:
    raw = text.encode() if isinstance(text, str) else text
    return bool(GONE.search(raw)) or (code in GONE_CODES and not ENHANCED.search(raw))
