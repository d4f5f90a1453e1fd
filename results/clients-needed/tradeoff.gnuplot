$curve0 << END
2 64.27 62.3302 66.2098
8 72.384 71.3714 73.3966
END
$line0 << END
1.6 80.742 79.0303 82.4537
10 80.742 79.0303 82.4537
END
$curve1 << END
2 77.146 76.2822 78.0098
8 81.274 80.98 81.568
END
$line1 << END
1.6 82.932 82.4723 83.3917
10 82.932 82.4723 83.3917
END
$curve2 << END
2 82.11 81.9113 82.3087
8 82.702 82.4599 82.9441
END
$line2 << END
1.6 83.208 82.9803 83.4357
10 83.208 82.9803 83.4357
END
$curve3 << END
2 82.81 82.7449 82.8751
8 82.956 82.7854 83.1266
END
$line3 << END
1.6 83.282 83.1596 83.4044
10 83.282 83.1596 83.4044
END
$curve4 << END
2 82.944 82.8815 83.0065
8 82.912 82.8743 82.9497
END
$line4 << END
1.6 83.33 83.2587 83.4013
10 83.33 83.2587 83.4013
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [1.6:10]
set xtics ("2" 2, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), pld accountant}\n{/*0.7 points: mean of 5 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "300", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "1000", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "3000", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle, \
     $curve3 using 1:2:3:4 with yerrorlines linestyle 4 title "10000", \
     $line3 using 1:2 with lines linestyle 4 dashtype 2 notitle, \
     $curve4 using 1:2:3:4 with yerrorlines linestyle 5 title "30000", \
     $line4 using 1:2 with lines linestyle 5 dashtype 2 notitle
