"""A crew on CrewAI AMP, which plans and writes a whole book in one run.

Source: CrewAI AMP's OpenAPI description. A run is begun by `POST /kickoff` and looked at by `GET /status`,
again and again with growing pauses: between two looks nothing is held, the step waits in the database. What
the crew's webhooks tell only brings the next look forward.
"""
