import { isImageReference } from './imageReference';

it.each([
  'nginx',
  'demo/colors:green',
  'ghcr.io/team/app_name/sub-path:v1.2.3-rc.1',
  'localhost:5000/app',
  `registry.example.com/app@sha256:${'a'.repeat(64)}`,
  `app:1.0@sha256:${'0'.repeat(64)}`,
])('takes %s', image => {
  expect(isImageReference(image)).toBe(true);
});

it.each([
  '',
  'not an image !!',
  ' demo/colors:green',
  'demo/colors:',
  'Demo/Colors/UPPER:x',
  'https://example.com/app',
  'app:tag:tag',
  'app@sha256:short',
  `a${'.a'.repeat(400)}`,
])('refuses "%s"', image => {
  expect(isImageReference(image)).toBe(false);
});
