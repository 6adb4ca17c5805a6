module recorder

go 1.24.0

require (
	github.com/antonmedv/expr v1.15.5
	k8s.io/client-go v0.34.1
)
