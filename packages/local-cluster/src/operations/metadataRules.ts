import { Cause } from '../api/apiError';
import { KindDefinition } from '../kinds/kindDefinition';
import { ObjectMeta } from '../api/clusterApi';

const LONGEST_ANNOTATIONS = 256 * 1024;

interface NameRule {
  pattern: RegExp;
  longest: number;
  words: string;
}

/** Source: Kubernetes, "Object Names and IDs". */
const SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  words:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};
const SERVICE: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
};
const PATH_SEGMENT: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  longest: 253,
  words: "may not be '.', '..', or contain '/' or '%'",
};

const NAME_PART = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const NAME_PART_WORDS =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What the API server refuses in the metadata of any object, in its words. */
export function validateMetadata(
  kind: KindDefinition,
  metadata: Partial<ObjectMeta>,
): Cause[] {
  return [
    ...nameCauses(kind, metadata.name),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
      ...keyCauses(key, 'metadata.labels'),
      ...valueCauses(value),
    ]),
    ...annotationCauses(metadata.annotations ?? {}),
  ];
}

function nameCauses(kind: KindDefinition, name: unknown): Cause[] {
  if (!name) {
    return [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ];
  }
  const { pattern, longest, words } = nameRuleOf(kind);
  if (typeof name === 'string' && name.length > longest) {
    return [
      invalid('metadata.name', name, `must be no more than ${longest} bytes`),
    ];
  }
  return typeof name === 'string' && pattern.test(name)
    ? []
    : [invalid('metadata.name', name, words)];
}

function nameRuleOf({ group, kind }: KindDefinition): NameRule {
  if (group === 'rbac.authorization.k8s.io') return PATH_SEGMENT;
  if (group === '' && kind === 'Namespace') return LABEL;
  if (group === '' && kind === 'Service') return SERVICE;
  return SUBDOMAIN;
}

/** A key is a name, or a subdomain and a name. */
function keyCauses(key: string, field: string): Cause[] {
  const parts = key.split('/');
  const name = parts.at(-1)!;
  const [prefix] = parts.length > 1 ? parts : [];
  if (parts.length > 2) {
    return [
      invalid(
        field,
        key,
        "a valid label key must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix and '/'",
      ),
    ];
  }
  if (prefix !== undefined && !SUBDOMAIN.pattern.test(prefix)) {
    return [invalid(field, key, `prefix part ${SUBDOMAIN.words}`)];
  }
  if (name.length > 63) {
    return [invalid(field, key, 'name part must be no more than 63 bytes')];
  }
  return NAME_PART.test(name) ? [] : [invalid(field, key, NAME_PART_WORDS)];
}

function valueCauses(value: string): Cause[] {
  if (value.length > 63) {
    return [invalid('metadata.labels', value, 'must be no more than 63 bytes')];
  }
  return value === '' || NAME_PART.test(value)
    ? []
    : [invalid('metadata.labels', value, VALUE_WORDS)];
}

function annotationCauses(annotations: Record<string, string>): Cause[] {
  const entries = Object.entries(annotations);
  const causes = entries.flatMap(([key]) =>
    keyCauses(key.toLowerCase(), 'metadata.annotations'),
  );
  const size = entries.reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  if (size > LONGEST_ANNOTATIONS) {
    causes.push({
      reason: 'FieldValueTooLong',
      field: 'metadata.annotations',
      message: `Too long: may not be more than ${LONGEST_ANNOTATIONS} bytes`,
    });
  }
  return causes;
}

function invalid(field: string, value: unknown, what: string): Cause {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(value)}: ${what}`,
  };
}
