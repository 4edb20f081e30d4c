// node judge.mjs '{"pages": [{"address": "…", "skip": ["is-crawlable"]}], "categories": ["seo"], "flags": []}'
// Prints what Lighthouse found on each page as on a telephone, one line of JSON a page. One browser for all of them.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { pages, categories, flags } = JSON.parse(process.argv[2]);

const brief = ({ categories, audits }) => ({
  scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)])),
  lost: Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 1).map(({ id }) => id),
  ),
});

// Chromium sometimes loses the beginning of a trace on a busy machine (NO_NAVSTART): asked again, it has it.
const judge = async ({ address, skip }, port, tries = 3) => {
  const settings = { onlyCategories: categories, skipAudits: skip, disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(address, { port, logLevel: "silent" }, { extends: "lighthouse:default", settings });
  if (!lhr.runtimeError) return brief(lhr);
  if (tries > 1) return judge({ address, skip }, port, tries - 1);
  throw new Error(`${address}: ${lhr.runtimeError.message}`);
};

const chrome = await launch({ chromeFlags: flags });
try {
  for (const page of pages) console.log(JSON.stringify(await judge(page, chrome.port)));
} finally {
  chrome.kill();
}
