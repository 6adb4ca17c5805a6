import { Cause } from '../../api/apiError';
import { NewObject } from '../../api/clusterApi';

const KEY = /^[-._a-zA-Z0-9]+$/;
const LONGEST = 253;
const WORDS =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** What is wrong with the keys of a ConfigMap or Secret: they become names of files. */
export function validateConfigKeys(object: NewObject): Cause[] {
  return ['data', 'binaryData'].flatMap(field =>
    Object.keys(object[field] ?? {}).flatMap(key =>
      KEY.test(key) && key.length <= LONGEST
        ? []
        : [
            {
              reason: 'FieldValueInvalid',
              field: `${field}[${key}]`,
              message: `Invalid value: ${JSON.stringify(key)}: ${key.length > LONGEST ? `must be no more than ${LONGEST} characters` : WORDS}`,
            },
          ],
    ),
  );
}
