import { InputError } from '@backstage/errors';
import { DescriptionError } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Runs what may refuse a description, and says so in the scaffolder's words. @throws InputError */
export function orRefuse<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    throw new InputError(
      error.problems.map(each => `${each.path} ${each.message}`).join('\n'),
    );
  }
}
