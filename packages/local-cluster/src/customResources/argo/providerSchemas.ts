import {
  flag,
  intOrString,
  list,
  mapOf,
  open,
  record,
  text,
} from '../../schema/builders';
import { Schema } from '../../schema/schema';
import { jobSpecSchema, metadataSchema } from './podTemplateSchema';

const long: Schema = { type: 'integer', format: 'int64' };

const headersSchema = list(
  record({ key: text, value: text }, ['key', 'value']),
);

const authenticationSchema = record({
  oauth2: record({
    tokenUrl: text,
    clientId: text,
    clientSecret: text,
    scopes: list(text),
  }),
  sigv4: record({ profile: text, region: text, roleArn: text }),
});

const prometheusSchema = record({
  address: text,
  query: text,
  authentication: authenticationSchema,
  headers: headersSchema,
  insecure: flag,
  rangeQuery: record({ start: text, end: text, step: text }),
  timeout: long,
});

const webSchema = record(
  {
    url: text,
    method: text,
    headers: headersSchema,
    body: text,
    jsonBody: open,
    jsonPath: text,
    authentication: authenticationSchema,
    insecure: flag,
    timeoutSeconds: long,
  },
  ['url'],
);

const datadogSchema = record({
  apiVersion: { ...text, enum: ['v1', 'v2'], default: 'v1' },
  interval: { ...text, default: '5m' },
  query: text,
  queries: mapOf(text),
  formula: text,
  aggregator: {
    ...text,
    enum: [
      'avg',
      'min',
      'max',
      'sum',
      'last',
      'percentile',
      'mean',
      'l2norm',
      'area',
    ],
  },
  secretRef: record({ name: text, namespaced: flag }),
});

const cloudWatchSchema = record(
  {
    interval: text,
    metricDataQueries: list(
      record({
        id: text,
        label: text,
        expression: text,
        period: intOrString,
        returnData: flag,
        metricStat: record({
          period: intOrString,
          stat: text,
          unit: text,
          metric: record({
            metricName: text,
            namespace: text,
            dimensions: list(record({ name: text, value: text })),
          }),
        }),
      }),
    ),
  },
  ['metricDataQueries'],
);

const kayentaScopeSchema = record(
  { scope: text, region: text, step: long, start: text, end: text },
  ['scope', 'region', 'step'],
);

const kayentaSchema = record(
  {
    address: text,
    application: text,
    canaryConfigName: text,
    configurationAccountName: text,
    metricsAccountName: text,
    storageAccountName: text,
    lookback: flag,
    threshold: record({ pass: long, marginal: long }, ['pass', 'marginal']),
    scopes: list(
      record(
        {
          name: text,
          controlScope: kayentaScopeSchema,
          experimentScope: kayentaScopeSchema,
        },
        ['name', 'controlScope', 'experimentScope'],
      ),
    ),
  },
  [
    'address',
    'application',
    'canaryConfigName',
    'configurationAccountName',
    'metricsAccountName',
    'scopes',
    'storageAccountName',
    'threshold',
  ],
);

/** Where a measurement comes from: one field for each kind of provider. */
export const providerSchema = record({
  prometheus: prometheusSchema,
  web: webSchema,
  job: record({ metadata: metadataSchema, spec: jobSpecSchema }, ['spec']),
  datadog: datadogSchema,
  newRelic: record({ query: text, profile: text, timeout: long }, ['query']),
  wavefront: record({ address: text, query: text }),
  cloudWatch: cloudWatchSchema,
  graphite: record({ address: text, query: text }),
  influxdb: record({ profile: text, query: text }),
  skywalking: record({ address: text, query: text, interval: text }),
  kayenta: kayentaSchema,
  plugin: open,
});
