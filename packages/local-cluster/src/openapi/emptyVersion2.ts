/** The media type of OpenAPI v2 in protobuf. */
export const PROTOBUF_V2 =
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** Go clients ask for it by this name or by an older one with an `@`. */
export const asksForProtobufV2 = (accept: string | undefined) =>
  /com\.github\.proto-openapi\.spec\.v2[@.]v1\.0\+protobuf/.test(accept ?? '');

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
