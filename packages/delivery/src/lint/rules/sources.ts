const ARGO = 'https://argo-rollouts.readthedocs.io/en/stable';
const KUBERNETES = 'https://kubernetes.io/docs';

/** Where rules come from. */
export const SOURCES = {
  specification: `${ARGO}/features/specification/`,
  analysis: `${ARGO}/features/analysis/`,
  canary: `${ARGO}/features/canary/`,
  blueGreen: `${ARGO}/features/bluegreen/`,
  experiment: `${ARGO}/features/experiment/`,
  traffic: `${ARGO}/features/traffic-management/`,
  scaleDownAborted: `${ARGO}/features/scaledown-aborted-rs/`,
  hpa: `${ARGO}/features/hpa-support/`,
  restart: `${ARGO}/features/restart/`,
  rollback: `${ARGO}/features/rollback/`,
  migrating: `${ARGO}/migrating/`,
  bestPractices: `${ARGO}/best-practices/`,
  prometheus: `${ARGO}/analysis/prometheus/`,
  job: `${ARGO}/analysis/job/`,
  probes: `${KUBERNETES}/concepts/workloads/pods/probes/`,
  resources: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  images: `${KUBERNETES}/concepts/containers/images/`,
  budgets: `${KUBERNETES}/tasks/run-application/configure-pdb/`,
  services: `${KUBERNETES}/concepts/services-networking/service/`,
  secrets: `${KUBERNETES}/concepts/configuration/secret/`,
  deployment: `${KUBERNETES}/concepts/workloads/controllers/deployment/`,
  api: `${KUBERNETES}/reference/using-api/api-concepts/`,
} as const;
