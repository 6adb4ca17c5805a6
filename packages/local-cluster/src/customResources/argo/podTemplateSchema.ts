import { BuiltinSchemas } from '../../kinds/builtinSchemas';
import { intOrString, mapOf, record, text } from '../../schema/builders';
import { inlineModel } from '../../schema/inlineModel';
import { Schema } from '../../schema/schema';

/** Labels and annotations: all of an object's metadata that a template keeps. */
export const metadataSchema = record({
  labels: mapOf(text),
  annotations: mapOf(text),
});

const models = new BuiltinSchemas();

const undescribed: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** Where Argo Rollouts' CRDs say less than Kubernetes' own types. */
const looser: Readonly<Record<string, Record<string, Schema>>> = {
  V1PodSpec: { volumes: undescribed, overhead: mapOf(intOrString) },
  V1ResourceRequirements: { limits: undescribed, requests: undescribed },
};

function lookup(name: string): Schema | undefined {
  if (name === 'V1ObjectMeta') return metadataSchema;
  const model = models.lookup(name);
  return model && looser[name]
    ? { ...model, properties: { ...model.properties, ...looser[name] } }
    : model;
}

/** The pods of a rollout or an experiment, as in a Deployment. */
export const podTemplateSchema = inlineModel('V1PodTemplateSpec', lookup);

/** What an analysis measures with when its provider is a job. */
export const jobSpecSchema = inlineModel('V1JobSpec', lookup, {
  V1PodTemplateSpec: podTemplateSchema,
});

export const labelSelectorSchema = inlineModel('V1LabelSelector', lookup);
