"""Messaging providers as local servers: they sign, limit, refuse, repeat and lose as their documentation says."""
