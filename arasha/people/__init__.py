"""Who a child and the people around it are: names, birth, documents, households, and finding them again."""
