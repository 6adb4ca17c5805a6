import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ApprovalStore } from '../store/ApprovalStore';
import type { ApprovalFact, ApprovalFacts } from './ApprovalFact';

/** Tells what this replica put on record, and what all did. */
export class FactStream implements ApprovalFacts {
  readonly #listeners = new Set<(fact: ApprovalFact) => void>();

  constructor(
    private readonly options: {
      store: () => Pick<ApprovalStore, 'reads' | 'now'> | undefined;
      logger: Pick<LoggerService, 'error'>;
    },
  ) {}

  subscribe(listener: (fact: ApprovalFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async since(sequence: number, limit: number): Promise<ApprovalFact[]> {
    return this.#store().reads.factsSince(sequence, limit);
  }

  async now(): Promise<number> {
    return this.#store().now();
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

  #store(): Pick<ApprovalStore, 'reads' | 'now'> {
    const store = this.options.store();
    if (!store) {
      throw new ServiceUnavailableError('The database is not available.');
    }
    return store;
  }
}
