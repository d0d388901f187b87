"""Reports on paper and in pictures: what figures come to is composed here, and drawn in a process apart."""
