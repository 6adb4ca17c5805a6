import { expect, test } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';
import { runningPortal } from './portal/runningPortal';

test('from the template to a running service', async ({ page }, info) => {
  const picture = async (name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  await signIn(page, 'Ada');
  await page.goto(
    `${runningPortal().address}/create/templates/default/service-with-progressive-delivery`,
  );
  await page.getByRole('textbox', { name: 'Name' }).fill('made-here');
  await page.getByRole('button', { name: /next/i }).click();

  await test.step('the future of a strategy shows while somebody chooses', async () => {
    await expect(
      page.getByText(/Everybody is on the new version after/),
    ).toBeVisible();
    await page.getByRole('radio', { name: /^Fast/ }).check();
    await expect(page.getByRole('button', { name: /Istio/ })).toBeVisible();
    await expect(
      page.getByRole('table', { name: 'What an abort costs' }),
    ).toContainText('step 4/4');
    await picture('strategy');
    const pause = page.getByRole('textbox', { name: /Pause after each/ });
    await pause.fill('soon');
    await expect(page.getByText(/must be a time such as/)).toBeVisible();
    await pause.fill('10s');
    await expect(page.getByText(/must be a time such as/)).toBeHidden();
  });

  await test.step('its steps end with the service', async () => {
    await page.getByRole('button', { name: /review/i }).click();
    await page.getByRole('button', { name: /create/i }).click();
    await page
      .getByRole('link', { name: 'Open the service' })
      .click({ timeout: 120_000 });
    await expect(page).toHaveURL(/\/component\/made-here/);
    const made = new RolloutPage(page, 'made-here');
    await made.openTab();
    await made.expectPhase('Healthy', 60_000);
    await picture('made');
  });
});
