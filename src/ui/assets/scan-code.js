/*
 * <scan-code data-field data-failed hidden> in a form, around a button, a hidden video and a line of role
 * status: looks through the camera for a QR code, writes its text into the form's field of that name and
 * sends the form; a second press stops it. Shown only where the browser reads codes by itself (W3C
 * BarcodeDetector); typing works everywhere.
 */
customElements.define(
  'scan-code',
  class extends HTMLElement {
    async connectedCallback() {
      const formats = await window.BarcodeDetector?.getSupportedFormats()
      if (!navigator.mediaDevices || !formats?.includes('qr_code')) return
      this.hidden = false
      const button = this.querySelector('button')
      button.onclick = async () => {
        this.looks = !button.ariaPressed
        if (!this.looks) return
        button.ariaPressed = true
        await this.run()
        button.ariaPressed = null
      }
    }

    disconnectedCallback() {
      this.looks = false
    }

    async run() {
      const { field, failed } = this.dataset
      const say = this.querySelector('[role=status]')
      say.textContent = ''
      try {
        const text = await this.look(this.querySelector('video'))
        const form = this.closest('form')
        if (text) {
          form.elements[field].value = text
          form.requestSubmit()
        }
      } catch {
        say.textContent = failed
      }
    }

    /* The text of the first code that is seen, or nothing when the person stopped it. */
    async look(video) {
      const camera = { video: { facingMode: 'environment' } }
      const stream = await navigator.mediaDevices.getUserMedia(camera)
      try {
        video.srcObject = stream
        video.hidden = false
        await video.play()
        const detector = new BarcodeDetector({ formats: ['qr_code'] })
        while (this.looks) {
          const [code] = await detector.detect(video)
          if (code) return code.rawValue
          await new Promise((done) => setTimeout(done, 100))
        }
      } finally {
        video.hidden = true
        for (const track of stream.getTracks()) track.stop()
      }
    }
  },
)
