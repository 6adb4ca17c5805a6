import { expect, test } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';

test('search goes through the analysis in its steps', async ({
  page,
}, info) => {
  await signIn(page, 'Ada');
  const search = new RolloutPage(page, 'search');
  await search.openTab();
  await search.expectPhase('Healthy');

  await search.setImage('demo/search:green');
  await expect(page.getByText(/success-rate/).first()).toBeVisible({
    timeout: 60_000,
  });
  await page.screenshot({
    path: info.outputPath('analysing.png'),
    fullPage: true,
  });
  await search.expectPhase('Healthy', 90_000);
});

test('an image that cannot be pulled is told where the person is', async ({
  page,
}, info) => {
  await signIn(page, 'Ada');
  const search = new RolloutPage(page, 'search');
  await search.openTab();
  await search.expectPhase('Healthy');

  await search.setImage('demo/search:unpullable');
  await expect(
    page.getByText(/ImagePullBackOff|cannot be pulled/).first(),
  ).toBeVisible();
  await page.screenshot({
    path: info.outputPath('unpullable.png'),
    fullPage: true,
  });
  await search.setImage('demo/search:green');
  await search.expectPhase('Healthy', 60_000);
});
