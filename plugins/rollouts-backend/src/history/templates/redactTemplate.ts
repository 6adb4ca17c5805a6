import { HIDDEN, SecretTexts } from '../../view/SecretTexts';

/** Names of environment variables and annotations that hold secrets. */
const SECRET_NAME =
  /pass(word|wd|phrase)?|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|signing|auth|cookie|salt|dsn|connection[-_]?string/i;
/** Names that only sound like it. */
const PLAIN_NAME = /^(author|authority)/i;

/** Credentials that show by their own shape. */
const SECRET_SHAPES =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abprs]-[\w-]{10,}/g;

/** `--password=x`, `-p x`: the flag says what follows. */
const SECRET_FLAG = /^--?[\w-]*(pass|secret|token|key|credential)[\w-]*$/i;
const SECRET_FLAG_VALUE =
  /^(--?[\w-]*(?:pass|secret|token|key|credential)[\w-]*=).+$/i;

/** Written by the controller, and different in each version by nature. */
const DROPPED = new Set([
  'rollouts-pod-template-hash',
  'kubectl.kubernetes.io/last-applied-configuration',
  'creationTimestamp',
]);
const MOST_TEXT = 4_000;

/**
 * A pod template as the history keeps it: whole, but for what is or may be a
 * secret. References to Secrets stay, because they only name them.
 */
export function redactTemplate(template: unknown): unknown {
  return redact(template, new SecretTexts([]));
}

function redact(value: unknown, texts: SecretTexts): unknown {
  if (typeof value === 'string') {
    return clean(value, texts);
  }
  if (Array.isArray(value)) {
    return value.map((member, index) =>
      typeof member === 'string' && SECRET_FLAG.test(String(value[index - 1]))
        ? HIDDEN
        : redact(member, texts),
    );
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { name, value: variable } = value as {
    name?: unknown;
    value?: unknown;
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !DROPPED.has(key))
      .map(([key, field]) => {
        const named = key === 'value' && variable === field ? name : key;
        return typeof field === 'string' && isSecretName(named)
          ? [key, HIDDEN]
          : [key, redact(field, texts)];
      }),
  );
}

/** Fields of Kubernetes' own that only name things. */
const REFERENCES = new Set([
  'secretName',
  'secretKeyRef',
  'secretRef',
  'serviceAccountToken',
  'automountServiceAccountToken',
  'imagePullSecrets',
]);

function isSecretName(name: unknown): boolean {
  return (
    typeof name === 'string' &&
    !REFERENCES.has(name) &&
    !PLAIN_NAME.test(name) &&
    SECRET_NAME.test(name)
  );
}

function clean(text: string, texts: SecretTexts): string {
  return texts
    .clean(text.slice(0, MOST_TEXT))
    .replace(SECRET_SHAPES, HIDDEN)
    .replace(SECRET_FLAG_VALUE, `$1${HIDDEN}`);
}
