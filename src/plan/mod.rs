//! Model to plan: what is collected of each event, what is computed of each contact, and in which order.
