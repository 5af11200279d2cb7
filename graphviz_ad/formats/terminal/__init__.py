"""Drawings in characters, and pictures in terminals."""
