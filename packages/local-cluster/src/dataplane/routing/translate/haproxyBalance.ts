import { StoredObject } from '../../../api/clusterApi';
import { HttpRoute } from '../httpRoute';

const BALANCE = /^(.+)\/blue-green-(?:balance|deploy)$/;

/**
 * The weights of a service's groups of pods by HAProxy Ingress'
 * `blue-green-balance`: `<label>=<value>=<weight>,…`. Each group gets its
 * weight whatever its number of pods (`blue-green-mode: deploy`).
 */
export function blueGreenBalance(
  ingress: StoredObject,
  service: string,
): HttpRoute['route'] | undefined {
  const found = Object.entries(ingress.metadata.annotations ?? {}).find(
    ([name]) => BALANCE.test(name),
  );
  if (!found) return undefined;
  return found[1].split(',').flatMap(group => {
    const [label, value, weight] = group.trim().split('=');
    return label && value !== undefined
      ? [
          {
            destination: { host: service, labels: { [label]: value } },
            weight: Number(weight) || 0,
          },
        ]
      : [];
  });
}
