<?php

// SPDX-License-Identifier: Apache-2.0
// For web servers, where PHP allows FFI to preloaded files alone: set `opcache.preload` in php.ini to this file, or
// `require` it in a preload file of your own.

declare(strict_types=1);

foreach (['src', 'src/Internal', 'types'] as $folder) {
    foreach (glob(__DIR__ . "/$folder/*.php") ?: [] as $file) {
        // Functions that are there already could not be loaded by Composer.
        if (basename($file) !== 'functions.php') {
            opcache_compile_file($file);
        }
    }
}
