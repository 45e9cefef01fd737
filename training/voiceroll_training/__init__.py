"""Trains and measures the networks that ship with Voiceroll."""
