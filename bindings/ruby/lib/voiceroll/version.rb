# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # The version of this package, the same in every language.
  VERSION = "0.1.0"
end
