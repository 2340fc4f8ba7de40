"""What leaves the house about leads: e-mail and webhooks, through one outbox in the database."""
