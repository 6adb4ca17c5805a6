/** The media type in which Go clients ask for OpenAPI v2. */
export const PROTOBUF_V2 =
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

/**
 * An OpenAPI v2 document without types, in protobuf. kubectl reads it before
 * it applies a `List`, and leaves to the server the checks of what it does not
 * describe. Fields: 1 swagger, 2 info (1 title, 2 version), 8 paths, 9
 * definitions. Source: gnostic's OpenAPIv2.proto.
 */
export function emptyVersion2(): string {
  const field = (number: number, value: string) =>
    String.fromCharCode(number * 8 + 2, value.length) + value;
  const info = field(1, 'Kubernetes') + field(2, 'v1.34.1');
  return field(1, '2.0') + field(2, info) + field(8, '') + field(9, '');
}
