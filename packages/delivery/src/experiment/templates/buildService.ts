import {
  EXPERIMENT_NAME_ANNOTATION,
  EXPERIMENT_TEMPLATE_ANNOTATION,
  type Experiment,
  type ExperimentTemplate,
  type ReplicaSet,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { experimentReference } from '../ownership';

interface ContainerPort {
  name?: string;
  containerPort: number;
  protocol?: string;
}

/**
 * The Service of a template: named like the ReplicaSet unless the template says
 * otherwise, for the ports of its containers.
 *
 * @returns undefined when none is asked for, or no container has a port
 */
export function buildService(
  experiment: Experiment,
  { name, service }: ExperimentTemplate,
  replicaSet: ReplicaSet,
): Service | undefined {
  const ports = replicaSet.spec.template.spec.containers.flatMap(
    container => (container.ports ?? []) as ContainerPort[],
  );
  if (!service || !ports.length) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: service.name || replicaSet.metadata.name,
      namespace: experiment.metadata.namespace,
      annotations: {
        [EXPERIMENT_NAME_ANNOTATION]: experiment.metadata.name,
        [EXPERIMENT_TEMPLATE_ANNOTATION]: name,
      },
      ownerReferences: [experimentReference(experiment)],
    },
    spec: {
      selector: { ...replicaSet.metadata.labels },
      ports: ports.map(port => ({
        ...(port.name ? { name: port.name } : {}),
        port: port.containerPort,
        targetPort: port.containerPort,
        protocol: port.protocol ?? 'TCP',
      })),
    },
  };
}
