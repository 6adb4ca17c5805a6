/** `details` of a Kubernetes `Status`. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: { reason?: string; message?: string; field?: string }[];
  retryAfterSeconds?: number;
}

export interface ApiFailure {
  /** HTTP status code. */
  status: number;
  /** Kubernetes' machine-readable word, such as `Conflict`. */
  reason: string;
  /** What the API server said. */
  message: string;
  details?: StatusDetails;
  /** `PATCH /apis/…`. */
  request: string;
  retryAfterSeconds?: number;
}

/** The API server answered, and the answer was no. */
export class KubeApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details?: StatusDetails;
  readonly request: string;
  /** What the API server said, without our advice. */
  readonly serverMessage: string;
  readonly retryAfterSeconds?: number;

  constructor(failure: ApiFailure, advice?: string) {
    super(
      `${failure.message || failure.reason} (${failure.status} for ${failure.request})${advice ? `. ${advice}` : ''}`,
    );
    this.name = new.target.name;
    this.status = failure.status;
    this.reason = failure.reason;
    this.details = failure.details;
    this.request = failure.request;
    this.serverMessage = failure.message;
    this.retryAfterSeconds = failure.retryAfterSeconds;
  }
}

export class UnauthorizedError extends KubeApiError {
  constructor(failure: ApiFailure) {
    super(
      failure,
      'The credentials are expired or wrong: sign in again or renew the token in the kubeconfig.',
    );
  }
}

export class ForbiddenError extends KubeApiError {
  constructor(failure: ApiFailure) {
    super(
      failure,
      'The account lacks this right: ask the cluster’s operator for a role that allows it.',
    );
  }
}

/** No such object, or no such kind in this cluster: see `missingKind`. */
export class NotFoundError extends KubeApiError {
  /** The API server does not know the kind at all: its CRD is not installed. */
  readonly missingKind: boolean;

  constructor(failure: ApiFailure) {
    // A missing object is named in details; a missing path is not.
    const missingKind = !failure.details?.name;
    super(
      failure,
      missingKind
        ? 'The cluster does not serve this kind: install its CRD or choose another version.'
        : 'It was deleted or never existed: check name and namespace.',
    );
    this.missingKind = missingKind;
  }
}

/** Someone else wrote first, or (`AlreadyExists`) it is there already. */
export class ConflictError extends KubeApiError {
  constructor(failure: ApiFailure) {
    super(
      failure,
      failure.reason === 'AlreadyExists'
        ? 'Use the existing object or another name.'
        : 'Read the object again, decide again, and repeat the write.',
    );
  }
}

/** The resourceVersion or continue token is too old. */
export class GoneError extends KubeApiError {
  constructor(failure: ApiFailure) {
    super(failure, 'List again and go on from there.');
  }
}

export class InvalidError extends KubeApiError {
  constructor(failure: ApiFailure) {
    const fields = (failure.details?.causes ?? [])
      .map(cause => cause.field)
      .filter(Boolean);
    super(
      failure,
      fields.length > 0
        ? `Correct ${[...new Set(fields)].join(', ')}.`
        : 'Correct the object.',
    );
  }
}

export class TooManyRequestsError extends KubeApiError {
  constructor(failure: ApiFailure) {
    super(
      failure,
      failure.retryAfterSeconds === undefined
        ? 'Try again later.'
        : `Try again in ${failure.retryAfterSeconds} s.`,
    );
  }
}

/** No answer: connection refused, name not found, TLS not trusted, time out. */
export class UnreachableError extends Error {
  constructor(
    readonly request: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${what} (${request})`, options);
    this.name = 'UnreachableError';
  }
}

/** The answer was not what a Kubernetes API sends. */
export class ProtocolError extends Error {
  constructor(
    readonly request: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(
      `${what} (${request}). Check that the address is that of a Kubernetes API and no proxy cuts its answers.`,
      options,
    );
    this.name = 'ProtocolError';
  }
}

/** Turns an error answer (a `Status`, or whatever a proxy sent) into its type. */
export function toApiError(
  request: string,
  status: number,
  body: string,
  retryAfter?: string,
): KubeApiError {
  const parsed = parseStatus(body);
  const retryAfterSeconds = seconds(retryAfter) ?? parsed.retryAfterSeconds;
  return createApiError({
    status: parsed.code ?? status,
    reason: parsed.reason ?? '',
    message: parsed.message ?? body.slice(0, 300).trim(),
    details: parsed.details,
    request,
    retryAfterSeconds,
  });
}

export function createApiError(failure: ApiFailure): KubeApiError {
  switch (failure.status) {
    case 401:
      return new UnauthorizedError(failure);
    case 403:
      return new ForbiddenError(failure);
    case 404:
      return new NotFoundError(failure);
    case 409:
      return new ConflictError(failure);
    case 410:
      return new GoneError(failure);
    case 422:
      return new InvalidError(failure);
    case 429:
      return new TooManyRequestsError(failure);
    default:
      // An expired watch may come as 400 with the reason alone.
      if (failure.reason === 'Expired' || failure.reason === 'Gone') {
        return new GoneError(failure);
      }
      return new KubeApiError(failure);
  }
}

function parseStatus(body: string): {
  code?: number;
  reason?: string;
  message?: string;
  details?: StatusDetails;
  retryAfterSeconds?: number;
} {
  try {
    const status = JSON.parse(body);
    if (status?.kind !== 'Status') return {};
    return {
      code: status.code,
      reason: status.reason,
      message: status.message,
      details: status.details,
      retryAfterSeconds: status.details?.retryAfterSeconds,
    };
  } catch {
    // Not JSON: a proxy's page. The caller shows its beginning.
    return {};
  }
}

/** Retry-After as seconds; the HTTP-date form is not used by Kubernetes. */
function seconds(retryAfter?: string): number | undefined {
  if (!retryAfter || !/^\d+$/.test(retryAfter)) return undefined;
  return Number(retryAfter);
}
