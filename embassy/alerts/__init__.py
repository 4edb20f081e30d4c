"""Alerts: what people must know now. Written by a duty officer, approved by another, on every page, sent by e-mail."""
