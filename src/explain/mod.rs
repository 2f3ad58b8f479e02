//! Why a contact has its score, adding up exactly.
