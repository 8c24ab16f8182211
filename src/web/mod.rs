//! The two listeners: public (stop pages) and ops (healthz, readyz, metrics, status).
