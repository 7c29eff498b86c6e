"""What we add to Rasa: features, entities, training data from the knowledge base, tracker store, inbound channel."""
