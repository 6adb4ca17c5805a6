import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ApprovalReads } from '../store/ApprovalReads';
import type { ApprovalFact, ApprovalFacts } from './ApprovalFact';

/** Tells what this replica put on record, and what all did. */
export class FactStream implements ApprovalFacts {
  readonly #listeners = new Set<(fact: ApprovalFact) => void>();

  constructor(
    private readonly options: {
      reads: () => Pick<ApprovalReads, 'factsSince'> | undefined;
      logger: Pick<LoggerService, 'error'>;
    },
  ) {}

  subscribe(listener: (fact: ApprovalFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async since(sequence: number, limit: number): Promise<ApprovalFact[]> {
    const reads = this.options.reads();
    if (!reads) {
      throw new ServiceUnavailableError('The database is not available.');
    }
    return reads.factsSince(sequence, limit);
  }

  publish(facts: readonly ApprovalFact[]): void {
    for (const fact of facts) {
      for (const listener of this.#listeners) {
        try {
          listener(fact);
        } catch (error) {
          this.options.logger.error(
            `A listener failed at approval fact ${fact.sequence} (${fact.kind}): ${error}`,
          );
        }
      }
    }
  }
}
