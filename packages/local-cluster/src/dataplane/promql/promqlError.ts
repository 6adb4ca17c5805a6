/** A query that cannot be answered. `type` is Prometheus' `errorType`. */
export class PromqlError extends Error {
  constructor(
    readonly type: 'bad_data' | 'execution',
    message: string,
  ) {
    super(message);
    this.name = 'PromqlError';
  }
}

/** The query cannot be read, or needs what is not implemented here: 400. */
export const badQuery = (message: string) =>
  new PromqlError('bad_data', message);

/** The query can be read, but not evaluated on this data: 422. */
export const failedQuery = (message: string) =>
  new PromqlError('execution', message);
