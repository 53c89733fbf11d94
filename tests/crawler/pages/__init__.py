"""The status pages show what is stored, safely, to those who may see it."""
