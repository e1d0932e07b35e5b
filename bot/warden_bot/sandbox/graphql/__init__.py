"""GitHub's GraphQL API, executed by graphql-core on the types that a decision reads."""
