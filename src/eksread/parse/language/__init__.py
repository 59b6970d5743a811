"""The portal's language: dates, datelines, bylines, landmarks, related links."""
