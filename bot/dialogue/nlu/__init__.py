"""Our components of Rasa's NLU pipeline (see ``config.yml``)."""
