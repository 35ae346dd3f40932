"""The breach log: from "something happened" to a printed report, and what was learnt."""
