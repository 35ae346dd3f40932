"""Consent for photographs and videos: who agreed to what, and may this picture be used here?"""
