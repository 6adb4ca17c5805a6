import { ServiceUnavailableError } from '@backstage/errors';
import type { Clock } from '@progressive-delivery/kube';

/** Long enough for a slow catalogue of somebody's, short enough for a page that waits. */
const ANSWER_MILLISECONDS = 10_000;

/**
 * What a module's code answers. A module that never answers would hold up for
 * good whoever asks it: what comes later than ten seconds is not waited for.
 * @throws {ServiceUnavailableError} when it took longer
 */
export function answerInTime<T>(
  title: string,
  clock: Clock,
  ask: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ANSWER_MILLISECONDS, () =>
      reject(
        new ServiceUnavailableError(
          `${title} did not answer within ${ANSWER_MILLISECONDS / 1000} s.`,
        ),
      ),
    );
    // Even one that throws at once is an answer.
    new Promise<T>(answer => answer(ask()))
      .then(resolve, reject)
      .finally(cancel);
  });
}
