"""The helpline: contacts by telephone, chat and text, and what is written down of them. See decision 30."""
