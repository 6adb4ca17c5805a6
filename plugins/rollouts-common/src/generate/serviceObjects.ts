import type { Service } from '../kubernetes/objects';
import type { CommentedObject } from './commentedObject';
import type { CompleteDescription } from './completeDescription';
import { metadataOf, namesOf } from './names';

/** How services find pods that somebody else has described. */
export interface ServedPods {
  selector: Record<string, string>;
  targetPort: number | string;
}

function service(
  of: CompleteDescription,
  name: string,
  { selector, targetPort }: ServedPods,
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(of, name),
    spec: {
      selector,
      ports: [{ name: 'http', port: 80, targetPort }],
    },
  };
}

/** A service for each version, and one for users where pods split the traffic. */
export function serviceObjects(
  of: CompleteDescription,
  pods: ServedPods = { selector: { app: of.name }, targetPort: 'http' },
): CommentedObject[] {
  const { stable, canary } = namesOf(of);
  const isBlueGreen = of.strategy === 'blue-green';
  const all = isBlueGreen || of.router !== 'none' ? [] : [of.name];
  return [
    ...all.map(name => ({
      object: service(of, name, pods),
      comments: [
        { path: [], text: 'Users reach this: all pods, old and new ones.' },
      ],
    })),
    {
      object: service(of, stable, pods),
      comments: [
        {
          path: [],
          text: `${isBlueGreen ? 'Users reach this: the' : 'The'} version that has proved itself. The controller adds its pod hash to the selector.`,
        },
      ],
    },
    {
      object: service(of, canary, pods),
      comments: [
        {
          path: [],
          text: `The new version${isBlueGreen ? ', before users are switched to it' : ' alone'}. The controller adds its pod hash to the selector.`,
        },
      ],
    },
  ];
}
