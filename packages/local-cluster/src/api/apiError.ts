/** One thing wrong with an object, as Kubernetes reports it. */
export interface Cause {
  /** `FieldValueInvalid`, `FieldValueRequired`, … */
  reason: string;
  message: string;
  /** Path from the object's root, `spec.steps[2].setWeight`. */
  field?: string;
}

/** The body of every refused call: a Kubernetes `Status`. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure' | 'Success';
  message: string;
  reason: string;
  code: number;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: Cause[];
    retryAfterSeconds?: number;
  };
}

/** What an error is about: `{ group: 'apps', resource: 'replicasets', name }`. */
export interface Subject {
  group: string;
  resource: string;
  name?: string;
}

/** The API server refused, and says why in the words that Kubernetes uses. */
export class ApiError extends Error {
  constructor(readonly status: Status) {
    super(status.message);
    this.name = 'ApiError';
  }

  /** The HTTP status code. */
  get code(): number {
    return this.status.code;
  }

  get reason(): string {
    return this.status.reason;
  }
}

export function createApiError(
  code: number,
  reason: string,
  message: string,
  details?: Status['details'],
): ApiError {
  return new ApiError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
    ...(details && { details }),
  });
}

const qualified = (subject: Subject) =>
  subject.group ? `${subject.resource}.${subject.group}` : subject.resource;

const detailsOf = (subject: Subject) => ({
  ...(subject.name && { name: subject.name }),
  ...(subject.group && { group: subject.group }),
  kind: subject.resource,
});

export const notFound = (subject: Subject) =>
  createApiError(
    404,
    'NotFound',
    `${qualified(subject)} "${subject.name ?? ''}" not found`,
    detailsOf(subject),
  );

/** The path leads nowhere: no such kind, version or subresource. */
export const unknownPath = () =>
  createApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );

export const alreadyExists = (subject: Subject) =>
  createApiError(
    409,
    'AlreadyExists',
    `${qualified(subject)} "${subject.name ?? ''}" already exists`,
    detailsOf(subject),
  );

export const conflict = (subject: Subject, why: string, causes?: Cause[]) =>
  createApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(subject)} "${subject.name ?? ''}": ${why}`,
    { ...detailsOf(subject), ...(causes && { causes }) },
  );

/** Somebody wrote since the caller read. */
export const staleVersion = (subject: Subject) =>
  conflict(
    subject,
    'the object has been modified; please apply your changes to the latest version and try again',
  );

export const invalid = (
  subject: { group: string; kind: string; name?: string },
  causes: Cause[],
) => {
  const what = subject.group
    ? `${subject.kind}.${subject.group}`
    : subject.kind;
  const parts = causes.map(cause =>
    cause.field ? `${cause.field}: ${cause.message}` : cause.message,
  );
  const text = parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`;
  return createApiError(
    422,
    'Invalid',
    `${what} "${subject.name ?? ''}" is invalid: ${text}`,
    {
      ...(subject.name && { name: subject.name }),
      ...(subject.group && { group: subject.group }),
      kind: subject.kind,
      causes,
    },
  );
};

/** A query or body of options that cannot be: `ListOptions`, `PatchOptions`. */
export const invalidOptions = (
  kind: string,
  field: string,
  reason: string,
  message: string,
) => invalid({ group: 'meta.k8s.io', kind }, [{ reason, message, field }]);

export const badRequest = (message: string) =>
  createApiError(400, 'BadRequest', message);

export const forbidden = (subject: Subject, why: string, causes?: Cause[]) =>
  createApiError(
    403,
    'Forbidden',
    `${qualified(subject)} "${subject.name ?? ''}" is forbidden: ${why}`,
    { ...detailsOf(subject), ...(causes && { causes }) },
  );

export const methodNotAllowed = (subject: Subject) =>
  createApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    detailsOf(subject),
  );

export const unsupportedMediaType = (accepted: string[]) =>
  createApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );

/** The resourceVersion or continue token is older than what is remembered. */
export const expired = (message: string) =>
  createApiError(410, 'Expired', message);

export const tooManyRequests = (
  message: string,
  retryAfterSeconds?: number,
  causes?: Cause[],
) =>
  createApiError(429, 'TooManyRequests', message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(causes && { causes }),
  });

export const internalError = (message: string) =>
  createApiError(500, 'InternalError', `Internal error occurred: ${message}`);
