// Passkeys: a form with data-passkey="create" or "get" asks the browser for one when it is sent, and sends that.
// data-passkey-options names the element that holds what to ask for as JSON, or is an address that tells it.

const ABLE = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

export function passkeys(root) {
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    if (!ABLE) {
      show(form, "unable");
      continue;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}

async function send(form) {
  show(form, null);
  try {
    const credential = form.dataset.passkey === "create" ? await create(form) : await get(form);
    form.elements.credential.value = JSON.stringify(credential);
  } catch {
    show(form, "refused"); // cancelled, timed out, or no passkey of ours on this device
    return;
  }
  form.submit();
}

async function create(form) {
  const { publicKey } = (await options(form)).creation_options;
  const alone = Boolean(form.elements.passwordless?.checked);
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function get(form) {
  const { publicKey } = (await options(form)).request_options;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

async function options(form) {
  const from = form.dataset.passkeyOptions;
  if (!from.startsWith("/")) return JSON.parse(document.getElementById(from).textContent);
  const answer = await fetch(from, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function show(form, trouble) {
  for (const notice of form.querySelectorAll("[data-passkey-trouble]")) {
    notice.hidden = notice.dataset.passkeyTrouble !== trouble;
  }
}
