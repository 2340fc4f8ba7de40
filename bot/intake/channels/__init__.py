"""What messaging channels keep: who is who, what arrived, what has to go out."""
