"""Mail: connections to mail servers, step by step, that can be watched, bounded and ended."""
